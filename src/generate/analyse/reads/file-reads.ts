/** What one file says of the environment variables and configuration keys that it reads; no other file is looked at. */

import type { FileOptions } from '#generate/analyse/options/file-options.ts'
import type { ReadKind } from '#generate/model.ts'

/** A read with its name written out, or held by a constant of the file. */
export interface DirectRead {
  readonly kind: ReadKind
  readonly name: string
  /** A literal, without quotes. */
  readonly default: string | null
  readonly line: number
  /** What the line holds: the name, or the constant. */
  readonly written: string
  /** Keys that anything could be: they count where the repository defines or documents them. */
  readonly isLoose?: boolean
}

/** An argument, or what a parameter is given: by its place and by its name. */
export interface Parameter {
  readonly name: string
  readonly index: number
}

/** A function that reads what one of its parameters names. */
export interface ReadingFunction {
  readonly name: string
  /** A line inside it. */
  readonly line: number
  readonly kind: ReadKind
  readonly parameter: Parameter
  /** The default of the read: a literal, or another parameter. */
  readonly default: string | null
  readonly defaultParameter: Parameter | null
  /** What is put before the name. */
  readonly prefix: string
  /** What the line holds. */
  readonly written: string
}

export interface Argument {
  /** Where it is given by name. */
  readonly label: string | null
  /** Its literal. */
  readonly value: string | null
  /** The parameter of the function around that it is. */
  readonly parameter: Parameter | null
}

/** A call that may name a variable. */
export interface NamingCall {
  /** The last part of what is called. */
  readonly callee: string
  /** It is a member of what is around: `this.env(…)`. */
  readonly isOwn: boolean
  readonly args: readonly Argument[]
  readonly line: number
}

/** A call that passes on a parameter of the function around it. */
export interface Forwarding extends NamingCall {
  /** The name of the function around. */
  readonly name: string
}

export interface KeyDefinition {
  readonly name: string
  readonly value: string | null
  readonly line: number
}

/** A field of a struct of Go whose tag names a variable. */
export interface TagField {
  readonly name: string
  readonly default: string | null
  readonly line: number
  readonly written: string
  /** The type that the field is of. */
  readonly struct: string
}

/** What a file of Go says of variables that tags of structs name. */
export interface TagFacts {
  readonly fields: readonly TagField[]
  /** Structs in structs, with what is put before their names. */
  readonly nested: readonly { readonly owner: string; readonly type: string; readonly prefix: string }[]
  /** The prefixes that structs are read with; `null` for one that is not written out. */
  readonly parses: readonly (string | null)[]
}

export interface FileReads {
  readonly reads: readonly DirectRead[]
  readonly functions: readonly ReadingFunction[]
  readonly calls: readonly NamingCall[]
  readonly forwards: readonly Forwarding[]
  /** Keys with a value: `"KEY": …`. */
  readonly definitions: readonly KeyDefinition[]
  readonly tags?: TagFacts
  /** What its programs take from the command line. */
  readonly options?: FileOptions
}

export const NO_READS: FileReads = { reads: [], functions: [], calls: [], forwards: [], definitions: [] }

/** Of one file, of each kind. */
export const MAX_READS = 2_000
/** Arguments of a call that are looked at. */
export const MAX_ARGUMENTS = 6

/** Names as systems take them; what has other signs is a message or a path. */
export function isVariableName(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z_][A-Za-z0-9_.()-]*$/.test(text)
}

/** How a name of a variable or a key is usually written; any other word may be anything. */
export function isShouted(text: string): boolean {
  return text.length >= 2 && text.length <= 100 && /^[A-Z_][A-Z0-9_]*$/.test(text)
}

/** A key of a configuration as a constant. */
export function isKeyName(text: string): boolean {
  return text.length <= 61 && /^[A-Z][A-Z0-9_]{2,}$/.test(text)
}

/** A key as manifests write it: `spring.datasource.url`, `Logging:Level`. */
export function isKeyPath(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z_][\w.:-]*$/.test(text)
}

/** Functions that may be given a name by a function of their own: `env`, `getenv_int`, `config`. */
export function soundsLikeReading(name: string): boolean {
  return name.length <= 60 && /env|config|setting|var/i.test(name)
}

/** A text without any of these holds nothing that `reads/` looks for. */
export function mayRead(text: string): boolean {
  return (
    text.includes('env') ||
    text.includes('ENV') ||
    text.includes('Env') ||
    text.includes('onfig') ||
    text.includes('etting') ||
    text.includes('@Value') ||
    text.includes('conf') ||
    /["'`][A-Z][A-Z0-9_]{2,60}["'`]/.test(text)
  )
}
