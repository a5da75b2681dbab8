/**
 * `api.json` of a set: what users of the repository depend on, as `src/diff` compares it. No I/O.
 *
 * Lists name each other by index, and each definition is there once however many paths lead to it.
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
  /** Of overloads under the same id. */
  overloads: z.array(z.string()).optional(),
  visibility: z.enum(['public', 'protected', 'internal', 'private']),
  /** The definition that it is a member of. */
  parent: Index.optional(),
  /** Supertypes and mixins in this repository. */
  bases: z.array(Index).optional(),
  /** The reason and the replacement; '' when neither is given. */
  deprecated: z.string().optional(),
  /** It has a doc comment. */
  documented: z.literal(true).optional(),
  /** A member without a body: who implements the type has to define it. */
  required: z.literal(true).optional(),
  /** A type that users cannot list or implement: it has hidden fields or methods, or says so (`#[non_exhaustive]`). */
  open: z.literal(true).optional(),
  /** A class without a constructor of its own, where the language gives it a public one. */
  constructible: z.literal(true).optional(),
  /** A hash of its lines without its name, to recognise it under another one; absent for what is short. */
  body: z.string().optional(),
})
export type ApiDefinition = z.infer<typeof ApiDefinition>

/** What one import path exports. */
export const ApiPath = z.object({
  /** As written in an import: `click`, `serde::de`. */
  path: z.string(),
  language: z.string(),
  /** Name and definition; `null` for a module and for what is defined elsewhere. */
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
  /** Names of the programs that it installs. */
  programs: z.array(z.string()),
  paths: z.array(ApiPath),
  /** Further paths of the same names, which pages do not have. */
  also: z.array(ApiPath).optional(),
})
export type ApiPackage = z.infer<typeof ApiPackage>

/** A variable or key that code reads; its first place. */
export const ApiSetting = z.object({
  kind: z.enum(['environment', 'configuration']),
  name: z.string(),
  default: z.string().nullable(),
  file: z.string(),
  line: Line,
})
export type ApiSetting = z.infer<typeof ApiSetting>

export const ApiOption = z.object({
  /** As they are typed; an argument's own name. */
  names: z.array(z.string()),
  isArgument: z.boolean(),
  /** Stands for its value in a usage line; '' for one without. */
  value: z.string(),
  default: z.string().nullable(),
  file: z.string(),
  line: Line,
})
export type ApiOption = z.infer<typeof ApiOption>

export const ApiCommand = z.object({
  /** With the commands around it: `tool remote add`. */
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
  /** `src-http.md`. */
  page: z.string(),
  /** Path and hash of each of its files, sorted. */
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
