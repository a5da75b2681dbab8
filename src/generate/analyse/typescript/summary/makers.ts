/** Collects the functions that create records. */

import { symbolOf } from './declarations.ts'
import { entityOf } from './entities.ts'
import { expressionOf } from './expressions.ts'
import type { Makers } from './maker.ts'
import { signatureOf } from './signatures.ts'
import { typeOf } from './types.ts'

export const MAKERS: Makers = { expressionOf, typeOf, entityOf, signatureOf, symbolOf }
