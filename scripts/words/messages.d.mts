export interface Message {
  /** Of the literal in the source. */
  start: number;
  end: number;
  kind: 'text' | 'attribute' | 'string' | 'template';
  /** `{0}`, `{1}` stand for what a template fills in. */
  message: string;
  filled: [number, number][];
}
export function messagesOf(source: string, file: string): Message[];
