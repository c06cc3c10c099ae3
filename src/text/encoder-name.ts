/** 'minilm@5fa43ae5' → 'MiniLM'; a learner by its name. What is left out (settings, digits of a hash) belongs into a tooltip. */
export function encoderName(encoder: string): string {
  const id = encoder.split('@')[0] ?? encoder;
  const names: Record<string, string> = { minilm: 'MiniLM', 'hashed-ngrams': 'hashed n-grams', 'tfidf-lsa': 'TF-IDF', word2vec: 'Word2Vec', lda: 'LDA topics', own: 'your own' };
  return names[id] ?? id;
}

interface Named {
  key: string;
  column: string;
  encoder: string;
}

/** As short a label as tells these vectors from the others: the column; the encoder too where the column has several; the whole key where that is not enough. */
export function vectorsLabel(v: Named, all: readonly Named[]): string {
  const rivals = all.filter((o) => o.key !== v.key && o.column === v.column);
  if (rivals.length === 0) return v.column;
  return rivals.some((o) => encoderName(o.encoder) === encoderName(v.encoder)) ? v.key : `${v.column} · ${encoderName(v.encoder)}`;
}
