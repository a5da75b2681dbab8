import { openSpoolStorage } from './open-spool.ts'
import { conformance } from './suite.ts'

conformance('spool', openSpoolStorage, { lives: 20 })
