/** Which changes break users, by language. */

import type { Severity } from './change.ts'

export interface LanguageRules {
  /** Definitions with one name are distinguished by their parameter types. */
  hasOverloads: boolean
  /** A new parameter that callers may leave out. */
  optionalParameter: Severity
  /** A renamed parameter, and which parameters callers may pass by name. */
  parameterRename: { severity: Severity; of: 'all' | 'keywords' | 'none' }
  /** A changed parameter type that is not clearly narrower or wider. */
  parameterType: Severity
  resultType: Severity
  /** Types that are unions of others (`A | B`) can be narrower or wider. */
  hasUnions: boolean
  /** A parameter whose union accepts less, or a result whose union contains more. */
  unionType: Severity
  parameterDefault: Severity
  /** A changed value of a constant or field. */
  value: Severity
  /** A new field of a struct without hidden fields. */
  field: Severity
  /** A new variant of an enum. */
  variant: Severity
  /** A new type parameter, or one with other bounds. */
  typeParameters: Severity
}

/** Static types, arguments by position only: any difference of types counts. */
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

/** As `STATIC`, with overloads, defaults and named arguments: new defaults are compatible in source, but not always in binaries. */
const NAMED: LanguageRules = {
  ...STATIC,
  hasOverloads: true,
  optionalParameter: 'unknown',
  parameterRename: { severity: 'breaking', of: 'all' },
  typeParameters: 'unknown',
}

/** Annotations that are not checked at run time. */
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

/** The compiler checks unions; for other types, the text does not show whether one can be assigned to the other. */
const TYPESCRIPT: LanguageRules = { ...JAVASCRIPT, unionType: 'breaking' }

const BY_LANGUAGE: Readonly<Record<string, LanguageRules>> = {
  // Follows griffe: everything that a caller may write is the API, including defaults; annotations are not compared.
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
  // Follows apidiff: types are identical or not, and constants are compiled into users.
  go: { ...STATIC, value: 'breaking' },
  // Follows japicmp: binary and source compatibility.
  java: { ...STATIC, hasOverloads: true, typeParameters: 'unknown' },
  groovy: { ...NAMED, parameterType: 'unknown' },
  kotlin: NAMED,
  scala: NAMED,
  csharp: NAMED,
  swift: { ...NAMED, optionalParameter: 'compatible' },
  // Follows cargo-semver-checks.
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

export const isTypeScript = (language: string): boolean => /^(?:typescript|tsx|vue|svelte)$/.test(language)

/** TypeScript and JavaScript. */
export const isScript = (language: string): boolean => isTypeScript(language) || /^(?:javascript|jsx)$/.test(language)

export function rulesOf(language: string): LanguageRules {
  return Object.hasOwn(BY_LANGUAGE, language) ? (BY_LANGUAGE[language] as LanguageRules) : OTHER
}
