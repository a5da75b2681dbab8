/** The values of fields of records that are flags or enumerations. */

/** Flags of declarations and members. */
export const Flag = {
  const: 1,
  forOf: 2,
  forIn: 4,
  caught: 8,
  javascript: 16,
  rest: 32,
  optional: 64,
  isThis: 128,
  array: 256,
  static: 512,
  async: 1_024,
  generator: 2_048,
  body: 4_096,
  prototype: 8_192,
  awaited: 16_384,
} as const

/** Kinds of members. */
export const Sort = {
  property: 1,
  method: 2,
  getter: 3,
  setter: 4,
  call: 5,
  construct: 6,
  index: 7,
  constructor: 8,
  spread: 9,
  enumMember: 10,
  /** A parameter property of a constructor; its value is the parameter. */
  parameter: 11,
} as const

/** Kinds of `basic` types and `literal` values. */
export const Basic = {
  any: 1,
  unknown: 2,
  string: 3,
  number: 4,
  boolean: 5,
  symbol: 6,
  bigint: 7,
  nothing: 8,
  object: 9,
  true: 10,
  false: 11,
  regexp: 12,
  never: 13,
} as const

/** Kinds of exports. */
export const ExportSort = {
  /** A symbol of the file. */
  symbol: 1,
  /** A re-export of a name of another module; `*` for the whole module. */
  reExport: 2,
  /** A value: `exports.name = value`, or `export default` with an expression. */
  value: 3,
  /** Anonymous declarations. */
  declarations: 4,
} as const

/** Flags of a module. */
export const ModuleFlag = { javascript: 1, declaration: 2, script: 4, esm: 8 } as const
