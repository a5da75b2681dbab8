/**
 * The records of a file's summary, which is all that the linker sees of a file. A record is a sequence of integers: its
 * kind, then its fields as described by `LAYOUTS`.
 */

export const Kind = {
  /** The number of records, then each record. */
  list: 1,
  /** A name in a scope, with its declarations and the members assigned to it. */
  symbol: 2,
  // Declarations. All begin with a component (its index plus 1; 0 for none) and a name.
  function: 3,
  class: 4,
  interface: 5,
  alias: 6,
  enum: 7,
  namespace: 8,
  variable: 9,
  parameter: 10,
  binding: 11,
  import: 12,
  importAlias: 13,
  typeParameter: 14,
  given: 15,
  member: 16,
  // Functions and contextual types.
  signature: 20,
  expectedType: 21,
  expectedArgument: 22,
  expectedProperty: 23,
  expectedElement: 24,
  expectedReturn: 25,
  expectedAssigned: 26,
  expectedAttribute: 27,
  // Expressions.
  name: 30,
  access: 31,
  element: 32,
  call: 33,
  construct: 34,
  await: 35,
  this: 36,
  super: 37,
  object: 38,
  array: 39,
  spread: 40,
  lambda: 41,
  classValue: 42,
  either: 43,
  cast: 45,
  require: 46,
  importCall: 47,
  literal: 48,
  nothing: 49,
  unknownValue: 50,
  platform: 51,
  moduleExports: 52,
  orElse: 53,
  // Types.
  reference: 60,
  qualified: 61,
  typeLiteral: 62,
  functionType: 63,
  constructorType: 64,
  union: 65,
  intersection: 66,
  arrayType: 67,
  tuple: 68,
  typeQuery: 69,
  indexed: 70,
  conditional: 71,
  mapped: 72,
  keyOf: 73,
  importType: 74,
  thisType: 75,
  predicate: 76,
  basic: 77,
  restType: 78,
  // Type guards for a name. All guards in a list hold.
  guardInstance: 80,
  guardLiteral: 81,
  guardIn: 82,
  guardPredicate: 83,
  guardAssigned: 84,
  guardTypeof: 85,
  guardTruth: 86,
  guardEither: 87,
  // Modules.
  module: 90,
  export: 91,
  augmentation: 92,
} as const

export type Kind = (typeof Kind)[keyof typeof Kind]

/** The types of each kind's fields: `n` for a name, `r` for a record, `i` for a number. Lists contain records. */
export const LAYOUTS: Readonly<Record<number, string>> = {
  [Kind.symbol]: 'nrr', // name, declarations, members given by assignment
  [Kind.function]: 'inrr', // …, signature, symbol
  [Kind.class]: 'inrrrrrri', // …, type parameters, base expression, its type arguments, implemented types, members, symbol, flags
  [Kind.interface]: 'inrrrr', // …, type parameters, bases, members, symbol
  [Kind.alias]: 'inrr', // …, type parameters, type
  [Kind.enum]: 'inr', // …, members
  [Kind.namespace]: 'inrr', // …, symbols of its body, own symbol
  [Kind.variable]: 'inrrir', // …, type, value, flags, values assigned later
  [Kind.parameter]: 'inrrirri', // …, type, default, flags, signature, symbol of a type guard?, index
  [Kind.binding]: 'inrniir', // …, declaration it is a part of, key, index, flags, default
  [Kind.import]: 'innn', // …, specifier, imported name
  [Kind.importAlias]: 'inr', // …, entity
  [Kind.typeParameter]: 'inrri', // …, constraint, default, flags
  [Kind.given]: 'inrii', // …, value, flags, meaning
  [Kind.member]: 'iniirrr', // …, sort, flags, type, value, computed key
  [Kind.signature]: 'rrrrirrrr', // type parameters, parameters, result, returned values, flags, expected by, type of this, holder, yielded
  [Kind.expectedType]: 'r',
  [Kind.expectedArgument]: 'ri',
  [Kind.expectedProperty]: 'rn',
  [Kind.expectedElement]: 'ri',
  [Kind.expectedReturn]: 'r',
  [Kind.expectedAssigned]: 'r',
  [Kind.expectedAttribute]: 'rn',
  [Kind.name]: 'nrr', // name, symbol, guards
  [Kind.access]: 'rnri', // object, name, guards, flags
  [Kind.element]: 'rr',
  [Kind.call]: 'rrrr', // callee, arguments, type arguments, expected by
  [Kind.construct]: 'rrrr',
  [Kind.await]: 'r',
  [Kind.this]: 'riri', // container (class, object, signature, symbol), 1 when static, guards, component of the function
  [Kind.super]: 'ri', // class, 1 when static
  [Kind.object]: 'rr', // members, expected by
  [Kind.array]: 'rri', // elements, expected by, 1 for `as const`
  [Kind.spread]: 'r',
  [Kind.lambda]: 'ri', // signature, component
  [Kind.classValue]: 'r',
  [Kind.either]: 'rr',
  [Kind.orElse]: 'rr',
  [Kind.cast]: 'r',
  [Kind.require]: 'n',
  [Kind.importCall]: 'n',
  [Kind.literal]: 'in', // sort, text
  [Kind.nothing]: '',
  [Kind.unknownValue]: '',
  [Kind.platform]: '',
  [Kind.moduleExports]: '',
  [Kind.reference]: 'rr', // entity, type arguments
  [Kind.qualified]: 'rn',
  [Kind.typeLiteral]: 'r',
  [Kind.functionType]: 'r',
  [Kind.constructorType]: 'r',
  [Kind.union]: 'r',
  [Kind.intersection]: 'r',
  [Kind.arrayType]: 'r',
  [Kind.tuple]: 'r',
  [Kind.typeQuery]: 'rr',
  [Kind.indexed]: 'rr',
  [Kind.conditional]: 'rrrrr', // checked, extended, true, false, inferred type parameters
  [Kind.mapped]: 'rrrr', // type parameter, constraint, name type, value type
  [Kind.keyOf]: 'r',
  [Kind.importType]: 'nrri', // specifier, entity names as a chain of `qualified` on `moduleExports`, type arguments, 1 for typeof
  [Kind.thisType]: 'r',
  [Kind.predicate]: 'nri', // parameter (0 for this), type, 1 when it asserts
  [Kind.basic]: 'i',
  [Kind.restType]: 'r',
  [Kind.guardInstance]: 'ri', // class, 1 when it holds
  [Kind.guardLiteral]: 'nrii', // property (0 for the value itself), literals, 1 when it holds
  [Kind.guardIn]: 'ni',
  [Kind.guardPredicate]: 'rii', // call, index of the argument (0 for the receiver), 1 when it holds
  [Kind.guardAssigned]: 'r',
  [Kind.guardTypeof]: 'ni',
  [Kind.guardTruth]: 'ni', // property, 1 when it holds
  [Kind.guardEither]: 'r', // lists, one of which holds
  [Kind.module]: 'rrirrrnr', // exports, stars, flags, globals, augmentations, whole, name as a global, symbols at the top
  [Kind.export]: 'nirnn', // name, sort, record, specifier, imported name
  [Kind.augmentation]: 'nrnn', // specifier, symbols, names that `export default` and `export =` have in it
}

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
  arrow: 4_096,
  body: 8_192,
  prototype: 16_384,
  awaited: 32_768,
  abstract: 65_536,
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
export const Given = {
  /** A symbol of the file. */
  symbol: 1,
  /** A re-export of a name of another module; `*` for the whole module. */
  passed: 2,
  /** A value: `exports.name = value`, or `export default` with an expression. */
  value: 3,
  /** Anonymous declarations. */
  declarations: 4,
} as const

/** Flags of a module. */
export const ModuleFlag = { javascript: 1, declaration: 2, script: 4, esm: 8 } as const
