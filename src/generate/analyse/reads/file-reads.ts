/** Facts about environment variables and configuration keys found in one file, before files are joined. */

import type { FileOptions } from '#generate/analyse/options/file-options.ts'
import type { ReadKind } from '#generate/model.ts'

/** A read whose name is a literal or held by a constant of the file. */
export interface DirectRead {
  readonly kind: ReadKind
  readonly name: string
  /** A literal without quotes. */
  readonly default: string | null
  readonly line: number
  /** The text to look for in the line: the name or the constant. */
  readonly written: string
  /**
   * Set for `$NAME` in a shell script. It counts unless another script sets the name. An unsure one, in a script that
   * sources others or after a syntax error, counts only if the name is also read elsewhere.
   */
  readonly plain?: 'sure' | 'unsure'
}

/** A parameter by index and name. */
export interface Parameter {
  readonly name: string
  readonly index: number
}

/** A function that reads the variable named by one of its parameters. */
export interface ReadingFunction {
  readonly name: string
  /** A line inside the function. */
  readonly line: number
  readonly kind: ReadKind
  readonly parameter: Parameter
  /** The default of the read: a literal or another parameter. */
  readonly default: string | null
  readonly defaultParameter: Parameter | null
  /** Prepended to the name. */
  readonly prefix: string
  /** The text to look for in the line. */
  readonly written: string
}

export interface Argument {
  /** The name of a named argument, else `null`. */
  readonly label: string | null
  /** Its value if it is a literal. */
  readonly value: string | null
  /** The parameter of the enclosing function, if it is one. */
  readonly parameter: Parameter | null
  /** The strings of a list literal. */
  readonly listed?: readonly string[]
}

/** A call whose arguments may name a variable. */
export interface NamingCall {
  /** The last part of the callee. */
  readonly callee: string
  /** A member of the enclosing class: `this.env(…)`. */
  readonly isOwn: boolean
  readonly args: readonly Argument[]
  readonly line: number
}

/** A call that passes on a parameter of its enclosing function. */
export interface Forwarding extends NamingCall {
  /** The name of the enclosing function. */
  readonly name: string
}

/** A field of a Go struct whose tag names a variable. */
export interface TagField {
  readonly name: string
  readonly default: string | null
  readonly line: number
  readonly written: string
  /** The struct type. */
  readonly struct: string
}

/** A field whose type is a struct, with the prefix of the variables in it. */
export interface NestedStruct {
  /** The struct of the field. */
  readonly owner: string
  /** The package of the type, as the file calls it; '' for its own. */
  readonly home: string
  readonly type: string
  readonly prefix: string
}

/** Variables named by tags of Go structs. */
export interface TagFacts {
  readonly fields: readonly TagField[]
  readonly nested: readonly NestedStruct[]
  /** The prefixes under which structs are read; `null` for one that is not a literal. */
  readonly parses: readonly (string | null)[]
}

export interface FileReads {
  readonly reads: readonly DirectRead[]
  readonly functions: readonly ReadingFunction[]
  readonly calls: readonly NamingCall[]
  readonly forwards: readonly Forwarding[]
  readonly tags?: TagFacts
  /** Names that a shell script sets. */
  readonly sets?: readonly string[]
  /** Command-line options of the file's programs. */
  readonly options?: FileOptions
}

export const NO_READS: FileReads = { reads: [], functions: [], calls: [], forwards: [] }

/** Limit per file, for each kind of fact. */
export const MAX_READS = 2_000
/** Limit on the arguments of a call. */
export const MAX_ARGUMENTS = 6

/** Whether a text is a valid variable name; a string with other characters is a message or a path. */
export function isVariableName(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z_][A-Za-z0-9_.()-]*$/.test(text)
}

/** Whether a text has the usual form of a variable's name: capitals. */
export function isShouted(text: string): boolean {
  return text.length >= 2 && text.length <= 100 && /^[A-Z_][A-Z0-9_]*$/.test(text)
}

/** Whether a text is a configuration key with parts: `spring.datasource.url`, `Logging:Level`. */
export function isKeyPath(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z_][\w.:-]*$/.test(text)
}

/** Whether a function's name suggests that it reads a variable: `env`, `getenv_int`, `config`. */
export function soundsLikeReading(name: string): boolean {
  return name.length <= 60 && /env|config|setting|var/i.test(name)
}

/** False if the text certainly has no reads. */
export function mayRead(text: string): boolean {
  return (
    text.includes('env') ||
    text.includes('ENV') ||
    text.includes('Env') ||
    text.includes('onfig') ||
    text.includes('etting') ||
    text.includes('@Value') ||
    text.includes('conf') ||
    text.includes('getproxies') ||
    /["'`][A-Z][A-Z0-9_]{2,60}["'`]/.test(text)
  )
}
