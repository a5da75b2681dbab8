/** Lexical rules for comments and literals in the languages whose calls are analysed. */

import {
  C_LIKE,
  ELIXIR,
  GO,
  JAVASCRIPT,
  type LexicalRules,
  PHP,
  PYTHON,
  RUBY,
  RUST,
} from '#generate/formats/lexical-rules.ts'

/** Rules by language. */
export const LEXICAL_RULES: Readonly<Record<string, LexicalRules>> = {
  ...Object.fromEntries(['c', 'cpp', 'java', 'kotlin', 'scala', 'csharp', 'swift'].map((name) => [name, C_LIKE])),
  ...Object.fromEntries(['javascript', 'jsx', 'typescript', 'tsx'].map((name) => [name, JAVASCRIPT])),
  elixir: ELIXIR,
  go: GO,
  php: PHP,
  python: PYTHON,
  ruby: RUBY,
  rust: RUST,
}
