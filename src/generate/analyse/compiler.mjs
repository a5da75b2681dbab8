/**
 * The compiler, by `require`: of a CommonJS module Node's `import` looks for the names that it exports, and to search
 * these nine megabytes takes 0.4 s and 70 MB (measured). Bundles load its parser alone (`src/typescript-parser.js`).
 */
import { createRequire } from 'node:module'

export const ts = createRequire(import.meta.url)('typescript')
