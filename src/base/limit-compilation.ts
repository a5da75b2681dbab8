/** Limits V8's optimizing compilers, for processes that exit after a few seconds or minutes. */

import { setFlagsFromString } from 'node:v8'

/** The bytecode that may be inlined into one function, apart from small functions; V8's default is 920 bytes. */
const MAX_INLINED_BYTES = 200
/** How much of a function's bytecode runs before it is optimized; twice V8's default. */
const BUDGET_BYTES = 135_000
/** Above this number of characters, optimizing the parser pays off. */
const MANY_CHARACTERS = 10_000_000

/**
 * From now on, all threads of this process compile functions later and with less inlining, and parsers in WebAssembly
 * without optimization. Optimizing code took 43 % of the processor time of an analysis (decision 41). Threads that
 * start later take 8 ms more, because the flags no longer match those of Node's own code cache.
 *
 * @param characters - The number that tree-sitter will parse.
 */
export function limitCompilation(characters: number): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MAX_INLINED_BYTES}`)
  setFlagsFromString(`--interrupt-budget=${BUDGET_BYTES}`)
  const no = characters > MANY_CHARACTERS ? '' : 'no-'
  for (const flag of ['wasm-tier-up', 'wasm-dynamic-tiering']) setFlagsFromString(`--${no}${flag}`)
}
