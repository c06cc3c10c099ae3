/** What --help prints: the options, or one model's settings. */
import type { AnyModelCard } from '../core/model';
import { defaultsOf, type ParamSpec, type ParamSpecs } from '../core/params';
import { STRATEGIES } from '../math/search/strategies';

export const USAGE = `Runs one experiment without a page: reads the data, splits, fits, ranks, measures. Prints a table, or writes the run record.

  npm run -s experiment -- --data FILE [--data FILE]… --model ID [options]
  npm run -s experiment -- --data demo --model ID [options]
  npm run -s experiment -- --interactions FILE --columns user=COL,item=COL[,time=COL][,value=COL] --model ID [options]

For a start
  npm run -s experiment -- --data demo --model item-knn
  npm run -s experiment -- --data demo --model ease --set lambda=200 --json run.json
  npm run -s experiment -- --list-models             every model with its settings
  npm run -s experiment -- --model ease --help       those of one model

Data
  --data FILE            a known data set (zip or file); may be given several times; "demo" is the bundled one
  --interactions FILE    any table of interactions, with --columns
  --columns LIST         user=COL,item=COL[,time=COL][,value=COL]; COL is a header name or a number from 0
  --users FILE           with --user-columns id=COL
  --items FILE           with --item-columns id=COL[,title=COL][,artist=COL][,text=COL]
  --matrix               the interactions file is a wide table, one row per user, one column per item
  --delimiter X          , ; | :: tab space
  --header yes|no        --encoding X
Cleaning (default: no filter, first)
  --core K               --min-value X            --duplicates first|last|sum
Split
  --split last|hash|random|temporal|listed (default last; listed where the data brings test items with negatives)
  --validation yes|no    (default yes; with listed negatives no, unless --search, --tune or --patience choose by it)
  --cold-share S         share of items that count as cold (default 0.8); or --cold-at-most N train interactions
  --split-seed N         for random (default 42)  --test-share S --validation-share S   for temporal (default 0.1 each)
  --test FILE            your own test file of user and item, instead of --split
  Ranking is over all items, never a sample; only listed negatives that come with the data are a sample, and the record says so.
Model
  --model ID             --preset ID              --set param=value (repeatable)
  --seed N (default 42)  --epochs N               --patience N epochs without a better one before it ends (default 0: never)
  --seeds N,N,…          runs once for each; prints mean ± standard deviation, and --json gives an array of run records
  --members LIST         of a hybrid: item-knn:0.5,ease(lambda=500):0.5     --tune   its weights on validation
  --text-column NAME     item column to embed     --backend auto|wasm|cpu|webgpu
  --encoder ID           with --text-column: minilm (default), tfidf, word2vec or lda, learned from that column with default settings
  --kernels on|off       off: only the operations TensorFlow.js ships, to check ours against
  --threads 1 … 8        (default: the cores here); results are the same to the last bit
Search (tunes on validation, then runs the winner)
  --search ${STRATEGIES.map((s) => s.id).join('|')}
  --trials N (default 20)  --minutes M
  --range param=MIN..MAX[:VALUES] or param=a,b (repeatable; default: the model's main settings)
Rating prediction (models that predict ratings; needs a value column)
  --task rank|predict    by default what the model does
  --folds published|K|holdout   the data's own folds (default where there are any), K random folds (default 5), or one random part
  --folds-seed N         for random folds and hold-out (default 42)       --holdout-share S (default 0.2)
Result
  --json FILE|-          one JSON document; - is standard output. Without it, a table. Progress goes to standard error.
  --list-models          --help [with --model ID]
  Ends with 0 when done (also when ended early by Ctrl-C with a result), 2 for bad options or bad data,
  130 when ended without one, 1 for a fault of the program.
`;

function rangeOf(s: ParamSpec): string {
  switch (s.kind) {
    case 'choice':
      return s.options.map((x) => x.value).join(' | ');
    case 'int':
    case 'number':
      return `${s.min} … ${s.max}`;
    case 'toggle':
      return 'true | false';
    case 'members':
      return 'two to six models, each with a weight from 0 to 1';
    case 'columns':
      return 'column names, * for all';
  }
}

/** A model with its settings, their defaults and ranges. @param explained with the help of every setting and what presets set */
export function modelText(card: AnyModelCard, explained = false): string {
  const specs = card.params as ParamSpecs;
  const defaults = defaultsOf(specs);
  const params = Object.entries(specs).flatMap(([name, s]) => [
    `    ${name}=${String(defaults[name])}  (${rangeOf(s)})  ${s.label}${s.alias === undefined ? '' : `; also called ${s.alias}`}`,
    ...(explained ? [`        ${s.help}`] : []),
  ]);
  const presets = card.presets.flatMap((p) => [
    `    preset ${p.id}: ${p.label}`,
    ...(explained ? [`        ${p.note}`, `        ${Object.entries(p.params).map(([name, value]) => `${name}=${String(value)}`).join(' ')}`] : []),
  ]);
  return [`${card.id}  ${card.name}${card.task === 'predict' ? '  (--task predict)' : ''}`, `  ${card.chooseWhen}`, ...params, ...presets].filter((line) => line.trim() !== '').join('\n');
}
