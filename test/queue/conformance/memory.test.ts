import { openMemory } from './open-memory.ts'
import { conformance } from './suite.ts'

conformance('memory', openMemory, { lives: 200 })
