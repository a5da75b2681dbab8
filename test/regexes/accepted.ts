/** Patterns that are slow on long texts and never get one. */

interface Accepted {
  path: string
  /** As a literal; of what is constructed and long, the beginning is enough. */
  pattern: string
  /** Why no text makes it slow. */
  reason: string
}

export const accepted: readonly Accepted[] = [
  {
    path: 'src/generate/analyse/languages/c-family/macro-calls.ts',
    pattern: String.raw`/\btemplate\s*<[^;{}]*$/`,
    reason: 'reads at most 400 characters',
  },
  {
    path: 'src/generate/analyse/python/rest-inline.ts',
    pattern:
      '/(?<![\\w\\]])\\[`?([^\\]`[]{1,100})`?\\]\\[((?:[A-Za-z_]\\w{0,60}\\.){1,8}[A-Za-z_]\\w{0,60})\\]|(`{2,})(.+?)\\3|:((?:[A-Za-z][\\w-]{0,30}:){1,2})`([^`]+)`|`([^`<]+?) ?<([^>`]+)>`__?|`([^`]+)`(_{0,2})|(\\b(?:\\w+\\.)*__\\w+__\\b)|<(?=[A-Za-z/!?])(?!https?:\\/\\/[^\\s<>]{1,500}>)/g',
    reason: 'reads lines of at most 2,000 characters',
  },
  {
    path: 'src/generate/inventory/roles.ts',
    pattern: String.raw`/^(?:\..*rc(?:\.[\w.]+)?|.*\.config\.[cm]?[jt]s|\.[\w.-]+|[jt]sconfig.*\.json|tox\.ini|.*\.toml|biome\.jsonc?)$/`,
    reason: 'reads names of at most 255 characters',
  },
  {
    path: 'src/export/site.ts',
    pattern: String.raw`/(?:(?<! ) +)?<script src=.*<\/script>\n/g`,
    reason: 'reads our own pages',
  },
  {
    path: 'src/generate/pages/overview/licence.ts',
    pattern: String.raw`/Redistribution and use in source and binary forms[\s\S]*(?:Neither the name|names? of (?:its|the) contributors|may not be used to endorse)/i`,
    reason: 'reads the first 6,000 characters',
  },
  {
    path: 'src/generate/pages/names/named.ts',
    pattern: String.raw`/(?:[&*\s]|\b(?:mut|dyn|impl|const))+$/`,
    reason: 'reads at most 200 characters',
  },
  {
    path: 'src/generate/pages/texts/numbers.ts',
    pattern: String.raw`/\B(?=(?:\d{3})+$)/g`,
    reason: 'reads the digits of a number',
  },
  {
    path: 'templates/format.ts',
    pattern: String.raw`/\B(?=(?:\d{3})+$)/g`,
    reason: 'reads the digits of a number',
  },
  {
    path: 'src/generate/prose/claimed-names.ts',
    pattern:
      '/(?<![\\p{L}\\p{N}_`])(?:[\\p{L}_$][\\p{L}\\p{N}_$]*(?:(?:\\.|::|->|#)[\\p{L}_$][\\p{L}\\p{N}_$]*)*\\(\\)|(?:[\\w.-]+\\/)+[\\w-]+\\.[a-z]{1,4}|[\\p{L}$]\\w*_\\w+|\\p{Ll}+\\p{Lu}\\w*|\\p{Lu}\\p{Ll}+\\p{Lu}\\w*)(?![\\p{L}\\p{N}_])/gu',
    reason: 'reads sentences of at most 1,500 characters',
  },
  {
    path: 'src/markdown/symbol-links.ts',
    pattern: '/\\[(`[^`\\n]{0,300}`|(?:[^[\\]`\\n\\\\]|\\\\.){0,300})\\]\\(symbol:[^()\\s]*\\)/g',
    reason: 'takes 300 steps for each bracket: less than a second for a million characters, the largest file',
  },
  {
    path: 'templates/assets.ts',
    pattern: "/^export (?=function|const)|^import [^']*'[^']*'$/gm",
    reason: 'reads our own scripts',
  },
  {
    path: 'src/base/token-forms.ts',
    pattern: String.raw`/(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))(?:(?:AKIA`,
    reason: 'no form has more than one repeat, which nothing behind it can fail: some 40 steps a character',
  },
]
