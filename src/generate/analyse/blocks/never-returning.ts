/** Calls that never return, because of a library that the file uses or of how it declares the function. */

import type { Leave } from './rules.ts'

/** Calls of a library. */
export interface LibraryExits {
  /** Matches in files that use the library. If it captures names, only calls that capture one of them count. */
  readonly uses: RegExp
  /** Matched at the start of the call. */
  readonly calls: RegExp
  readonly leaves: Leave
}

export interface NeverReturning {
  readonly libraries?: readonly LibraryExits[]
  /** Matches in files that may declare such a function. */
  readonly mention?: RegExp
  /** Matches the code of such a function before its body. */
  readonly head?: RegExp
}

const C_LIBRARIES: readonly LibraryExits[] = [
  {
    uses: /^#\s{0,4}include\s{0,4}[<"](?:gtest|gmock|catch2)\//gm,
    calls: /^(?:FAIL|SKIP|GTEST_FAIL|GTEST_SKIP)\s{0,4}\(/,
    leaves: 'closure',
  },
]
const NORETURN = /\b_?[Nn]oreturn\b|\b__noreturn(?:__)?\b/
const C: NeverReturning = { libraries: C_LIBRARIES, mention: NORETURN, head: NORETURN }

const DOES_NOT_RETURN = /\bDoesNotReturn(?:Attribute)?\b/
const PHP_NEVER = /\)\s{0,4}:\s{0,4}never\b/i
const NO_RETURN = /->\s{0,4}['"]?(?:\w{1,40}\.){0,3}(?:NoReturn|Never)\b/
const NOTHING = /\)\s{0,4}:\s{0,4}(?:kotlin\.|scala\.)?Nothing\b(?!\?)/

/** By language. */
export const NEVER_RETURNING: Readonly<Record<string, NeverReturning>> = {
  c: C,
  cpp: C,
  csharp: {
    libraries: [
      {
        uses: /\busing\s{1,4}(?:static\s{1,4})?(?:NUnit\.Framework|Xunit|Microsoft\.VisualStudio\.TestTools)\b/g,
        calls: /^Assert\s{0,4}\.\s{0,4}(?:Fail|Inconclusive|Ignore|Skip)\s{0,4}\(/,
        leaves: 'throw',
      },
    ],
    mention: DOES_NOT_RETURN,
    head: DOES_NOT_RETURN,
  },
  go: {
    libraries: [
      {
        uses: /\b(\w{1,40})\s{1,4}(?:\*testing\.[TBF]|testing\.TB)\b/g,
        calls: /^(?:\w{1,40}\.){0,2}(\w{1,40})\.(?:Fatalf?|FailNow|Skip(?:f|Now)?)\s{0,4}\(/,
        leaves: 'closure',
      },
    ],
  },
  java: {
    libraries: [
      {
        uses: /\bimport\s{1,4}(?:static\s{1,4})?org\.(?:junit|testng|assertj)\b/g,
        calls: /^(?:Assert(?:ions)?\s{0,4}\.\s{0,4})?fail\s{0,4}\(/,
        leaves: 'closure',
      },
    ],
  },
  kotlin: {
    libraries: [
      {
        uses: /\bimport\s{1,4}(?:kotlin\.test|org\.junit)\b/g,
        calls: /^(?:Assert(?:ions)?\.)?fail\s{0,4}\(/,
        leaves: 'closure',
      },
    ],
    mention: NOTHING,
    head: NOTHING,
  },
  php: {
    libraries: [
      {
        uses: /\bextends\s{1,4}[\w\\]{0,80}TestCase\b/g,
        calls: /^(?:\$this->|(?:self|static|[\w\\]{0,30}Assert)::)(?:markTestSkipped|markTestIncomplete|fail)\s{0,4}\(/,
        leaves: 'throw',
      },
    ],
    mention: PHP_NEVER,
    head: PHP_NEVER,
  },
  python: {
    libraries: [
      { uses: /\bimport\s{1,4}pytest\b/g, calls: /^pytest\.(?:fail|skip|exit|xfail)\s{0,4}\(/, leaves: 'closure' },
      { uses: /\bTestCase\b/g, calls: /^self\.(?:fail|skipTest)\s{0,4}\(/, leaves: 'throw' },
    ],
    mention: NO_RETURN,
    head: NO_RETURN,
  },
  ruby: {
    libraries: [
      {
        uses: /^[ \t]{0,40}class[ \t]{1,4}[\w:]{1,80}[ \t]{0,4}<[ \t]{0,4}[\w:]{0,80}(?:Test|TestCase|Spec)\b|\bRSpec\.describe\b|\brequire[ \t]{1,4}['"](?:minitest|test\/unit|test_helper|spec_helper)/gm,
        calls: /^(?:omit|skip|flunk|pend)\b(?!\s{0,4}[=.?!:])/,
        leaves: 'closure',
      },
    ],
  },
  rust: { mention: /->\s{0,4}!/, head: /->\s{0,4}!\s{0,40};?$/ },
  scala: {
    libraries: [
      { uses: /\bimport\s{1,4}(?:org\.scalatest|munit)\b/g, calls: /^(?:fail|cancel)\s{0,4}\(/, leaves: 'closure' },
    ],
    mention: NOTHING,
    head: NOTHING,
  },
  swift: { mention: /->\s{0,4}Never\b/, head: /->\s{0,4}Never\s{0,40}$/ },
}
