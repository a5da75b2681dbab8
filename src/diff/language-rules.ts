/** How languages differ in what breaks their users. Data only. */

import type { Severity } from './change.ts'

export interface LanguageRules {
  /** Definitions of one name are told apart by their parameter types. */
  hasOverloads: boolean
  /** A new parameter that callers may leave out. */
  optionalParameter: Severity
  /** Another name for a parameter that callers may pass by name, and which those are. */
  parameterRename: { severity: Severity; of: 'all' | 'keywords' | 'none' }
  /** A type that is neither the same nor plainly narrower or wider. */
  parameterType: Severity
  resultType: Severity
  /** Types that are unions of others (`A | B`) can be narrower or wider. */
  hasUnions: boolean
  /** A parameter whose union accepts less, a result whose union is of more. */
  unionType: Severity
  parameterDefault: Severity
  /** Of a constant or field. */
  value: Severity
  /** A new field of a struct without hidden fields. */
  field: Severity
  /** A new variant of an enum. */
  variant: Severity
  /** A new type parameter, or one with other bounds. */
  typeParameters: Severity
}

/** Static types, calls by position alone: any difference of types is one. */
const STATIC: LanguageRules = {
  hasOverloads: false,
  optionalParameter: 'breaking',
  parameterRename: { severity: 'compatible', of: 'none' },
  parameterType: 'breaking',
  resultType: 'breaking',
  hasUnions: false,
  unionType: 'breaking',
  parameterDefault: 'unknown',
  value: 'unknown',
  field: 'compatible',
  variant: 'compatible',
  typeParameters: 'breaking',
}

/** As static, with overloads, defaults and arguments by name: new defaults keep the source, not always what is compiled. */
const NAMED: LanguageRules = {
  ...STATIC,
  hasOverloads: true,
  optionalParameter: 'unknown',
  parameterRename: { severity: 'breaking', of: 'all' },
  typeParameters: 'unknown',
}

/** Annotations that nothing checks when the program runs. */
const DYNAMIC: LanguageRules = {
  ...STATIC,
  optionalParameter: 'compatible',
  parameterType: 'unknown',
  resultType: 'unknown',
  hasUnions: true,
  unionType: 'unknown',
  typeParameters: 'unknown',
}

const JAVASCRIPT: LanguageRules = { ...DYNAMIC, parameterDefault: 'unknown' }

/** The compiler knows unions; of other types that differ, the text does not say which can be assigned to which. */
const TYPESCRIPT: LanguageRules = { ...JAVASCRIPT, unionType: 'breaking' }

const BY_LANGUAGE: Readonly<Record<string, LanguageRules>> = {
  // After griffe: whatever a caller may write is the API, defaults with it; annotations are not held against each other.
  python: {
    ...DYNAMIC,
    parameterRename: { severity: 'breaking', of: 'all' },
    parameterDefault: 'breaking',
  },
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  vue: TYPESCRIPT,
  svelte: TYPESCRIPT,
  javascript: JAVASCRIPT,
  jsx: JAVASCRIPT,
  // After apidiff: types are identical or not, and constants are compiled into users.
  go: { ...STATIC, value: 'breaking' },
  // After japicmp: binary and source compatibility.
  java: { ...STATIC, hasOverloads: true, typeParameters: 'unknown' },
  groovy: { ...NAMED, parameterType: 'unknown' },
  kotlin: NAMED,
  scala: NAMED,
  csharp: NAMED,
  swift: { ...NAMED, optionalParameter: 'compatible' },
  // After cargo-semver-checks.
  rust: { ...STATIC, field: 'breaking', variant: 'breaking' },
  c: { ...STATIC, field: 'unknown' },
  cpp: { ...STATIC, hasOverloads: true, optionalParameter: 'unknown', field: 'unknown', typeParameters: 'unknown' },
  php: { ...DYNAMIC, parameterRename: { severity: 'unknown', of: 'all' }, parameterDefault: 'unknown' },
  ruby: { ...DYNAMIC, parameterRename: { severity: 'breaking', of: 'keywords' }, parameterDefault: 'unknown' },
}

const OTHER: LanguageRules = {
  ...DYNAMIC,
  optionalParameter: 'unknown',
  field: 'unknown',
  variant: 'unknown',
}

export function rulesOf(language: string): LanguageRules {
  return Object.hasOwn(BY_LANGUAGE, language) ? (BY_LANGUAGE[language] as LanguageRules) : OTHER
}
