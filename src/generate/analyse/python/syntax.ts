/** The node kinds of tree-sitter-python 0.25 that the analysis distinguishes, and the settings for parsing a file. */

import type { SyntaxChoice } from '#generate/analyse/load-syntax.ts'

/** Numbers for the kinds; the names are the grammar's own. `../blocks/grammars.ts` refers to some by name alone. */
export const K = {
  ERROR: 1,
  module: 2,
  block: 3,
  expression_statement: 4,
  function_definition: 5,
  class_definition: 6,
  decorated_definition: 7,
  decorator: 8,
  parameters: 9,
  lambda_parameters: 10,
  default_parameter: 11,
  typed_parameter: 12,
  typed_default_parameter: 13,
  list_splat_pattern: 14,
  dictionary_splat_pattern: 15,
  tuple_pattern: 16,
  list_pattern: 17,
  pattern_list: 18,
  assignment: 19,
  augmented_assignment: 20,
  named_expression: 21,
  identifier: 22,
  attribute: 23,
  call: 24,
  argument_list: 25,
  keyword_argument: 26,
  subscript: 27,
  string: 28,
  concatenated_string: 29,
  integer: 30,
  float: 31,
  true: 32,
  false: 33,
  none: 34,
  list: 35,
  tuple: 36,
  set: 37,
  dictionary: 38,
  pair: 39,
  list_comprehension: 40,
  set_comprehension: 41,
  dictionary_comprehension: 42,
  generator_expression: 43,
  for_in_clause: 44,
  if_clause: 45,
  lambda: 46,
  conditional_expression: 47,
  boolean_operator: 48,
  binary_operator: 49,
  unary_operator: 50,
  not_operator: 51,
  comparison_operator: 52,
  parenthesized_expression: 53,
  await: 54,
  yield: 55,
  expression_list: 56,
  list_splat: 57,
  dictionary_splat: 58,
  type: 59,
  type_parameter: 60,
  generic_type: 61,
  type_alias_statement: 62,
  for_statement: 63,
  with_item: 64,
  as_pattern: 65,
  as_pattern_target: 66,
  except_clause: 67,
  if_statement: 68,
  else_clause: 69,
  elif_clause: 70,
  try_statement: 71,
  global_statement: 72,
  nonlocal_statement: 73,
  import_statement: 74,
  import_from_statement: 75,
  future_import_statement: 76,
  aliased_import: 77,
  dotted_name: 78,
  relative_import: 79,
  import_prefix: 80,
  wildcard_import: 81,
  return_statement: 82,
  case_pattern: 83,
  class_pattern: 84,
  keyword_pattern: 85,
  splat_pattern: 86,
  positional_separator: 87,
  keyword_separator: 88,
  constrained_type: 89,
  splat_type: 90,
  case_clause: 91,
  interpolation: 92,
  finally_clause: 93,
  while_statement: 94,
  with_statement: 95,
  match_statement: 96,
  member_type: 97,
  union_type: 98,
  slice: 99,
  string_start: 100,
  string_end: 101,
  raise_statement: 102,
  break_statement: 103,
  continue_statement: 104,
  except_group_clause: 105,
  assert_statement: 106,
} as const

export const python: SyntaxChoice = {
  wasm: 'tree-sitter-python/tree-sitter-python.wasm',
  sha256: '16108b50df4ee9a30168794252ab55e7c93bfc5765d7fa0aa3e335752c515f47',
  kinds: K,
  ignored: ['line_continuation', 'string_content', 'escape_sequence', 'escape_interpolation', 'type_conversion'],
  comment: 'comment',
  // Identifiers, more than half of all nodes, have no parts.
  hasParts: (kind, text, start) => kind !== K.identifier && (kind !== K.string || isInterpolated(text, start)),
}

/** True for a string with expressions inside: `f"…"`, `rf"…"`, `t"…"`. */
function isInterpolated(text: string, start: number): boolean {
  for (let at = start; at < start + 3; at++) {
    const unit = text.charCodeAt(at) | 0x20
    if (unit === 0x66 || unit === 0x74) return true
    if (unit !== 0x72 && unit !== 0x62 && unit !== 0x75) return false
  }
  return false
}

/** Limit on the parts of a chain `a.b.c`; longer chains are not followed. */
const MAX_PARTS = 16

interface Tree {
  kind(node: number): number
  textOf(node: number): string
  first(node: number): number
  last(node: number): number
}

/** The parts of `a.b.c`, or `undefined` for any other expression. */
export function dottedParts(tree: Tree, node: number): string[] | undefined {
  const parts: string[] = []
  let at = node
  for (let i = 0; i < MAX_PARTS; i++) {
    const kind = tree.kind(at)
    if (kind === K.identifier) {
      parts.push(tree.textOf(at))
      return parts.reverse()
    }
    if (kind !== K.attribute) return undefined
    parts.push(tree.textOf(tree.last(at)))
    at = tree.first(at)
  }
  return undefined
}

/** Time limit for parsing one file. */
export const PARSE_DEADLINE_MS = 5_000
