/** Collects the rules of the linker. */

import { typeOfFound } from './declaration-types.ts'
import { expectedOf } from './expected.ts'
import { exportedBefore, memberOfFound, moduleFound } from './exports.ts'
import { typeOf } from './expression-types.ts'
import { imported, through } from './imports.ts'
import type { Rules } from './linker.ts'
import { memberOf } from './members.ts'
import { foundByName } from './names.ts'
import { resultOf } from './result-types.ts'
import { signaturesOf } from './signatures.ts'
import { typeIn } from './types.ts'

export const RULES: Rules = {
  typeOf,
  typeIn,
  typeOfFound,
  memberOf,
  resultOf,
  signaturesOf,
  expectedOf,
  foundByName,
  exportedBefore,
  through,
  imported,
  memberOfFound,
  moduleFound,
}
