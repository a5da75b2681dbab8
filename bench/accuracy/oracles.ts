/** Every oracle there is. A repository is judged by each whose languages it has. */

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
