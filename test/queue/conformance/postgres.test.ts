import { openPostgresStorage } from './open-postgres.ts'
import { conformance } from './suite.ts'

conformance('postgres', openPostgresStorage, { lives: 10 })
