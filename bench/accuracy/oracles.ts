/** All oracles. A repository is compared with the oracles of its languages. */

import { cOracle } from './c.ts'
import { ctagsOracle } from './ctags.ts'
import { goOracle } from './go.ts'
import { javaOracle } from './java.ts'
import type { Oracle } from './oracle.ts'
import { pythonOracle } from './python.ts'
import { rustOracle } from './rust.ts'
import { typescriptOracle } from './typescript.ts'

export const ORACLES: readonly Oracle[] = [
  typescriptOracle,
  pythonOracle,
  javaOracle,
  cOracle,
  goOracle,
  rustOracle,
  ctagsOracle,
]
