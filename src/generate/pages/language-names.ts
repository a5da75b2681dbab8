/** The names of languages as shown on pages, and which of them are not programming languages. */

import type { Texts } from './texts/texts.ts'

/** Matches languages of prose, data and pictures, and '' for none. */
export const NOT_CODE =
  /^(?:csv|dotenv|ignore-list|ini|json5?|jsonc|lock-file|markdown|restructuredtext|rst|svg|text|toml|xml|ya?ml|)$/

/** Matches languages of build files. */
export const BUILDS = /^(?:cmake|go-module|make|meson|starlark)$/

const LANGUAGE_NAMES: Record<string, string> = {
  bash: 'Shell',
  c: 'C',
  cmake: 'CMake',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  dockerfile: 'Dockerfile',
  ejs: 'EJS',
  erb: 'ERB',
  html: 'HTML',
  ini: 'INI',
  java: 'Java',
  javascript: 'JavaScript',
  json: 'JSON',
  json5: 'JSON5',
  jsx: 'JSX',
  php: 'PHP',
  restructuredtext: 'reStructuredText',
  rst: 'reStructuredText',
  scss: 'SCSS',
  shell: 'Shell',
  sql: 'SQL',
  svg: 'SVG',
  toml: 'TOML',
  tsx: 'TSX',
  typescript: 'TypeScript',
  xml: 'XML',
  yaml: 'YAML',
}

/** `typescript` → `TypeScript` */
export function languageName(language: string, texts: Texts): string {
  const own: Readonly<Record<string, string>> = texts.languageNames
  return LANGUAGE_NAMES[language] ?? own[language] ?? language.charAt(0).toUpperCase() + language.slice(1)
}
