/**
 * The schema of `api.json`, the file of a set that lists the public API of the repository for comparison by `src/diff`. No I/O.
 *
 * Lists refer to each other by index. A definition is listed once, even if several import paths lead to it.
 */

import { z } from 'zod'

export const API_FILE = 'api.json'

const Index = z.number().int().nonnegative()
const Line = z.number().int().nonnegative()

export const ApiDefinition = z.object({
  /** A `ComponentKind`. */
  kind: z.string(),
  name: z.string(),
  file: z.string(),
  line: Line,
  end: Line,
  signature: z.string(),
  /** The signatures of the other overloads. */
  overloads: z.array(z.string()).optional(),
  visibility: z.enum(['public', 'protected', 'internal', 'private']),
  /** Present for a type that users cannot import, since only signatures of others name it, and for its members. */
  inner: z.literal(true).optional(),
  /** The definition that this one is a member of. */
  parent: Index.optional(),
  /** Supertypes and mixins in this repository. */
  bases: z.array(Index).optional(),
  /** Present if it is deprecated: the reason and the replacement, or '' if neither is given. */
  deprecated: z.string().optional(),
  /** Present if it has a doc comment. */
  documented: z.literal(true).optional(),
  /** Present for a member without a body, which implementations of the type must define. */
  required: z.literal(true).optional(),
  /**
   * Present for a type that users cannot match exhaustively or implement: it has hidden members, or is marked
   * (`#[non_exhaustive]`).
   */
  open: z.literal(true).optional(),
  /** Present for a class without an explicit constructor, in a language that then provides a public one. */
  constructible: z.literal(true).optional(),
  /** A hash of its lines without its name, to recognise it after a rename; absent for short definitions. */
  body: z.string().optional(),
})
export type ApiDefinition = z.infer<typeof ApiDefinition>

/** The names that one import path exports. */
export const ApiPath = z.object({
  /** The path as written in an import, such as `click` or `serde::de`. */
  path: z.string(),
  language: z.string(),
  /** Each name and its definition; `null` for a module or a name that is defined outside this repository. */
  names: z.array(z.tuple([z.string(), Index.nullable()])),
})
export type ApiPath = z.infer<typeof ApiPath>

export const ApiDependency = z.object({
  name: z.string(),
  kind: z.enum(['runtime', 'peer', 'optional', 'development', 'build']),
  group: z.string().nullable(),
})

export const ApiPackage = z.object({
  /** `null` for headers without a manifest. */
  ecosystem: z.string().nullable(),
  name: z.string(),
  version: z.string().nullable(),
  folder: z.string(),
  /** Path of the manifest; `null` without one. */
  manifest: z.string().nullable(),
  dependencies: z.array(ApiDependency),
  /** Names of the commands that it installs. */
  programs: z.array(z.string()),
  paths: z.array(ApiPath),
  /** Further paths of the same names, which pages do not have. */
  also: z.array(ApiPath).optional(),
})
export type ApiPackage = z.infer<typeof ApiPackage>

/** An environment variable or configuration key that code reads, with the first place that reads it. */
export const ApiSetting = z.object({
  kind: z.enum(['environment', 'configuration']),
  name: z.string(),
  default: z.string().nullable(),
  file: z.string(),
  line: Line,
})
export type ApiSetting = z.infer<typeof ApiSetting>

export const ApiOption = z.object({
  /** The spellings of an option, such as `-v` and `--verbose`, or the name of an argument. */
  names: z.array(z.string()),
  isArgument: z.boolean(),
  /** The placeholder of its value in a usage line; '' for an option without a value. */
  value: z.string(),
  default: z.string().nullable(),
  file: z.string(),
  line: Line,
})
export type ApiOption = z.infer<typeof ApiOption>

export const ApiCommand = z.object({
  /** The full name, including parent commands: `tool remote add`. */
  name: z.string(),
  file: z.string(),
  line: Line,
  /** Whether all of its options are known. */
  isWhole: z.boolean(),
  options: z.array(ApiOption),
})
export type ApiCommand = z.infer<typeof ApiCommand>

export const ApiModule = z.object({
  id: z.string(),
  title: z.string(),
  /** The file of its page, such as `src-http.md`. */
  page: z.string(),
  /** The path and the hash of each of its files, sorted by path. */
  files: z.array(z.tuple([z.string(), z.string()])),
})
export type ApiModule = z.infer<typeof ApiModule>

export const PublicApi = z.object({
  version: z.literal(1),
  commit: z.string(),
  packages: z.array(ApiPackage),
  definitions: z.array(ApiDefinition),
  settings: z.array(ApiSetting),
  commands: z.array(ApiCommand),
  modules: z.array(ApiModule),
})
export type PublicApi = z.infer<typeof PublicApi>
