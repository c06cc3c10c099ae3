/** A copy of MiniLM, asked by the text worker alone. */
import { answerAsCopy, type Port } from '../src/text/minilm/copies';

answerAsCopy(globalThis as unknown as Port);
