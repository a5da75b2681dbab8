/** Every oracle there is. A repository is judged by each whose languages it has. */

import { ctagsOracle } from './ctags.ts'
import type { Oracle } from './oracle.ts'
import { pythonOracle } from './python.ts'
import { typescriptOracle } from './typescript.ts'

export const ORACLES: readonly Oracle[] = [typescriptOracle, pythonOracle, ctagsOracle]
