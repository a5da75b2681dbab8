/**
 * Reads a syntax tree out of tree-sitter's WebAssembly memory. Getting each node through the library costs a call and
 * some objects per node, half as much as parsing; reading the memory costs a tenth of that.
 *
 * It relies on the memory layout of `Subtree`, `SubtreeHeapData`, `TSTree` and `TSLanguage` in one build of the library
 * (tree-sitter 0.27, `lib/src/subtree.h`, `tree.h`, `parser.h`), which `tree-sitter.ts` checks by its hash. Hidden
 * nodes, aliases and fields are handled as in `tree_cursor.c`; a test compares the result with the library's own
 * cursor.
 */

import { NodeFlag, type Nodes } from './nodes.ts'

/** Offsets in `SubtreeHeapData`, bytes. A subtree's children lie before it, 8 bytes each. */
const PADDING = 4
const SIZE = 16
const ERROR_COST = 32
const CHILD_COUNT = 36
const SYMBOL = 40
const BITS = 44
const MORE_BITS = 45
const DESCENDANT_COUNT = 56
const PRODUCTION = 66

/** Bits of a subtree that is stored inline instead of its pointer, and of one on the heap. */
const INLINE = { inline: 1, visible: 2, named: 4, extra: 8, missing: 32 } as const
const HEAP = { visible: 1, named: 2, extra: 4 } as const
const HEAP_MISSING = 2

const ERROR_SYMBOL = 0xffff
const ERROR_REPEAT_SYMBOL = 0xfffe
/** Bytes of a UTF-16 unit; tree-sitter counts bytes. */
const UNIT = 2

/** A grammar's tables, read from memory once, since they never move. */
export interface GrammarTables {
  /** Bits of each symbol: 1 visible, 2 named. */
  readonly metadata: Uint8Array
  /** The public symbol of each symbol. */
  readonly publicSymbols: Uint16Array
  /** Length of a row of `aliases`. */
  readonly aliasWidth: number
  /** For each production and child, the alias of the child, or 0. */
  readonly aliases: Uint16Array
  /** For each production and child, in rows of `fieldWidth`, the field of the child, or 0. */
  readonly fields: Uint16Array
  readonly fieldWidth: number
}

/**
 * @param language - Address of a `TSLanguage`, of ABI 13 or newer.
 */
export function readTables(memory: WebAssembly.Memory, language: number): GrammarTables {
  const view = new DataView(memory.buffer)
  const word = (index: number): number => view.getUint32(language + index * 4, true)
  const [symbolCount, aliasCount, productionCount] = [word(1), word(2), word(7)]
  const aliasWidth = view.getUint16(language + 36, true)
  // Pointers follow the numbers, from offset 40 on.
  const pointer = (index: number): number => word(10 + index)
  const [slices, entries, metadataAt, publicAt, aliasesAt] = [
    pointer(6),
    pointer(7),
    pointer(8),
    pointer(9),
    pointer(11),
  ]

  const count = symbolCount + aliasCount
  const metadata = new Uint8Array(count)
  const publicSymbols = new Uint16Array(count)
  for (let symbol = 0; symbol < count; symbol++) {
    const isVisible = view.getUint8(metadataAt + symbol * 3) !== 0
    const isNamed = view.getUint8(metadataAt + symbol * 3 + 1) !== 0
    metadata[symbol] = (isVisible ? 1 : 0) | (isNamed ? 2 : 0)
    publicSymbols[symbol] = view.getUint16(publicAt + symbol * 2, true)
  }

  const aliases = new Uint16Array(productionCount * aliasWidth)
  for (let at = 0; at < aliases.length; at++) aliases[at] = view.getUint16(aliasesAt + at * 2, true)

  let fieldWidth = 0
  const eachField = (take: (production: number, child: number, field: number) => void): void => {
    for (let production = 0; production < productionCount && slices !== 0; production++) {
      const first = view.getUint16(slices + production * 4, true)
      const length = view.getUint16(slices + production * 4 + 2, true)
      for (let index = first; index < first + length; index++) {
        const entry = entries + index * 4
        const isInherited = view.getUint8(entry + 3) !== 0
        if (!isInherited) take(production, view.getUint8(entry + 2), view.getUint16(entry, true))
      }
    }
  }
  eachField((_, child) => {
    fieldWidth = Math.max(fieldWidth, child + 1)
  })
  const fields = new Uint16Array(productionCount * fieldWidth)
  eachField((production, child, field) => {
    // The first listed field wins.
    const at = production * fieldWidth + child
    if (fields[at] === 0) fields[at] = field
  })
  return { metadata, publicSymbols, aliasWidth, aliases, fields, fieldWidth }
}

/** Rows of the stack of open subtrees. */
const ROW = 6
let stack = new Int32Array(ROW * 256)

/** Reads all visible nodes of a tree. */
export function readNodes(memory: WebAssembly.Memory, tree: number, tables: GrammarTables, nodes: Nodes): void {
  const { metadata, publicSymbols, aliases, aliasWidth, fields, fieldWidth } = tables
  const bytes = new Uint8Array(memory.buffer)
  const shorts = new Uint16Array(memory.buffer)
  const words = new Uint32Array(memory.buffer)

  const root = words[tree >> 2] ?? 0
  const isRootInline = (root & INLINE.inline) !== 0
  nodes.reserve(
    isRootInline ? 1 : 1 + (words[(root + CHILD_COUNT) >> 2] === 0 ? 0 : (words[(root + DESCENDANT_COUNT) >> 2] ?? 0)),
  )
  nodes.hasError = !isRootInline && words[(root + ERROR_COST) >> 2] !== 0
  const { kinds, fields: ownFields, flags, starts, ends, after } = nodes

  // The open subtree: the address of its next child, the end of its children, the index of the next child without
  // counting extras, its production, the field that its children inherit, and its node, or -1 if it is hidden.
  let depth = -1
  let child = tree
  let childrenEnd = tree + 8
  let place = 0
  let production = -1
  let inherited = 0
  let open = -1
  let position = 0
  let isFirst = false
  let size = 0

  for (;;) {
    if (child === childrenEnd) {
      if (open >= 0) after[open] = size
      if (depth < 0) break
      const at = depth * ROW
      child = stack[at] ?? 0
      childrenEnd = stack[at + 1] ?? 0
      place = stack[at + 2] ?? 0
      production = stack[at + 3] ?? 0
      inherited = stack[at + 4] ?? 0
      open = stack[at + 5] ?? 0
      depth--
      continue
    }
    const subtree = words[child >> 2] ?? 0
    const isInline = (subtree & INLINE.inline) !== 0
    let symbol: number
    let isVisible: boolean
    let isNamed: boolean
    let isExtra: boolean
    let isMissing: boolean
    let padding: number
    let length: number
    let childCount = 0
    if (isInline) {
      symbol = (subtree >> 8) & 0xff
      isVisible = (subtree & INLINE.visible) !== 0
      isNamed = (subtree & INLINE.named) !== 0
      isExtra = (subtree & INLINE.extra) !== 0
      isMissing = (subtree & INLINE.missing) !== 0
      const sizes = words[(child >> 2) + 1] ?? 0
      padding = (sizes >>> 16) & 0xff
      length = sizes >>> 24
    } else {
      symbol = shorts[(subtree + SYMBOL) >> 1] ?? 0
      const bits = bytes[subtree + BITS] ?? 0
      isVisible = (bits & HEAP.visible) !== 0
      isNamed = (bits & HEAP.named) !== 0
      isExtra = (bits & HEAP.extra) !== 0
      isMissing = ((bytes[subtree + MORE_BITS] ?? 0) & HEAP_MISSING) !== 0
      padding = words[(subtree + PADDING) >> 2] ?? 0
      length = words[(subtree + SIZE) >> 2] ?? 0
      childCount = words[(subtree + CHILD_COUNT) >> 2] ?? 0
    }
    // The first child begins where its parent does.
    const start = isFirst ? position : position + padding
    isFirst = false
    position = start + length
    child += 8

    let field = inherited
    if (!isExtra) {
      if (production >= 0) {
        const alias = place < aliasWidth ? (aliases[production * aliasWidth + place] ?? 0) : 0
        if (production > 0 && alias !== 0) {
          symbol = alias
          const meta = metadata[alias] ?? 0
          isVisible = (meta & 1) !== 0
          isNamed = (meta & 2) !== 0
        }
        const own = place < fieldWidth ? (fields[production * fieldWidth + place] ?? 0) : 0
        if (own !== 0) field = own
      }
      place++
    }

    let node = -1
    if (isVisible) {
      node = size++
      kinds[node] = symbol >= ERROR_REPEAT_SYMBOL ? ERROR_SYMBOL : (publicSymbols[symbol] ?? 0)
      ownFields[node] = isExtra ? 0 : field
      flags[node] = (isNamed ? NodeFlag.named : 0) | (isMissing ? NodeFlag.missing : 0) | (isExtra ? NodeFlag.extra : 0)
      starts[node] = start / UNIT
      ends[node] = position / UNIT
      after[node] = size
    }
    if (childCount === 0) continue
    depth++
    if ((depth + 1) * ROW > stack.length) {
      const larger = new Int32Array(stack.length * 2)
      larger.set(stack)
      stack = larger
    }
    const at = depth * ROW
    stack[at] = child
    stack[at + 1] = childrenEnd
    stack[at + 2] = place
    stack[at + 3] = production
    stack[at + 4] = inherited
    stack[at + 5] = open
    childrenEnd = subtree
    child = subtree - childCount * 8
    place = 0
    production = shorts[(subtree + PRODUCTION) >> 1] ?? 0
    inherited = isVisible ? 0 : field
    open = node
    position = start
    isFirst = true
  }
  nodes.size = size
}
