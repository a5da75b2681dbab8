/** The forms in which code reads an environment variable, by language; they are looked for in bare code. */

import { BLANK } from './bare-code.ts'

/**
 * A form of reading. The pattern ends where the name begins: after a dot the name itself, else a string or a constant.
 *
 * `after` is what may stand between name and default; without it the form knows no default.
 */
export interface Form {
  pattern: RegExp
  after?: RegExp
  /** The text that a file must hold for the form to mean the environment. */
  needs?: RegExp
}

const OR_ELSE = /\s*(?:\]\s*)?(?:\?\?=?|\|\|=?)\s*/y
/** Before what is given as the second argument. */
export const ARGUMENT = /\s*,\s*/y
const PARENTHESIS_OR_ELSE = /\s*\)\s*(?:\?\?|\?:|\|\||\bor)\s*/y

/** The name comes first: `"DEBUG" in os.environ`. */
const testedIn = (what: string): RegExp => new RegExp(String.raw`(?=["']${BLANK}+["']\s+${what})`, 'g')

const SCRIPT: Form[] = [
  { pattern: /\bprocess(?:\?\.|\.)env(?:\?\.|\.)/g, after: OR_ELSE },
  { pattern: /\b(?:process(?:\?\.|\.)env|import\.meta\.env|Bun\.env)(?:\?\.)?\[\s*/g, after: OR_ELSE },
  { pattern: /\b(?:import\.meta\.env|Bun\.env)\??\./g, after: OR_ELSE },
  { pattern: /\bDeno\.env\.get\(\s*/g, after: PARENTHESIS_OR_ELSE },
  { pattern: testedIn(String.raw`in\s+(?:process\.env|import\.meta\.env|Bun\.env)\b`) },
]
const JVM: Form[] = [
  { pattern: /\bSystem\.getenv\(\s*/g, after: PARENTHESIS_OR_ELSE },
  { pattern: /\bSystem\.getenv\(?\)?(?:\.get(?:OrDefault)?\(|\[)\s*/g, after: ARGUMENT },
]
const C: Form[] = [{ pattern: /\b(?:secure_)?getenv\s*\(\s*/g }]
export const FORMS = new Map<string, Form[]>([
  ['c', C],
  ['cpp', C],
  ['csharp', [{ pattern: /\bEnvironment\.GetEnvironmentVariable\(\s*/g, after: PARENTHESIS_OR_ELSE }]],
  ['go', [{ pattern: /\bos\.(?:Getenv|LookupEnv)\(\s*/g }]],
  ['java', JVM],
  ['kotlin', JVM],
  [
    'php',
    [
      { pattern: /(?<![\w>:$\\]|function )(?:getenv)\(\s*/g, after: PARENTHESIS_OR_ELSE },
      { pattern: /(?<![\w>:$\\]|function )env\(\s*/g, after: ARGUMENT },
      { pattern: /\$_ENV\[\s*/g, after: /\s*\]\s*(?:\?\?|\?:)\s*/y },
    ],
  ],
  [
    'python',
    [
      { pattern: /\bos\.environ\[\s*/g },
      { pattern: testedIn(String.raw`(?:not\s+)?in\s+os\.environ\b`) },
      { pattern: /\bos\.(?:environ\.(?:get|pop|setdefault)|getenv)\(\s*/g, after: ARGUMENT },
      { pattern: /(?<![\w.])environ\[\s*/g, needs: /^from os import .*\benviron\b/m },
      { pattern: /(?<![\w.])environ\.get\(\s*/g, after: ARGUMENT, needs: /^from os import .*\benviron\b/m },
      { pattern: /(?<![\w.])getenv\(\s*/g, after: ARGUMENT, needs: /^from os import .*\bgetenv\b/m },
    ],
  ],
  [
    'ruby',
    [
      { pattern: /\bENV\[\s*/g, after: /\s*\]\s*\|\|=?\s*/y },
      { pattern: /\bENV\.fetch\(?\s*/g, after: /\s*(?:,|\)\s*\{)\s*/y },
      { pattern: /\bENV\.(?:key\?|has_key\?|include\?)\(?\s*/g },
    ],
  ],
  [
    'rust',
    [
      {
        pattern: /\benv::var(?:_os)?\(\s*/g,
        after: /\s*\)\s*\.(?:unwrap_or|unwrap_or_else)\(\s*(?:\|_\|\s*)?(?:String::from\(\s*)?/y,
      },
      { pattern: /\b(?:option_)?env!\(\s*/g },
    ],
  ],
  [
    'scala',
    [
      ...JVM,
      { pattern: /\bsys\.env(?:\.get)?\(\s*/g, after: /\s*\)\s*\.getOrElse\(\s*/y },
      { pattern: /\bsys\.env\.getOrElse\(\s*/g, after: ARGUMENT },
    ],
  ],
  ['swift', [{ pattern: /\bProcessInfo\.processInfo\.environment\[\s*/g, after: /\s*\]\s*\?\?\s*/y }]],
  ...['javascript', 'typescript', 'jsx', 'tsx', 'vue', 'svelte'].map((name): [string, Form[]] => [name, SCRIPT]),
])
