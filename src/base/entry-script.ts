/** The script that starts docspool. */

import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of the script that starts docspool. */
export const ENTRY_SCRIPT = path.join(fileURLToPath(new URL('..', import.meta.url)), 'docspool.mjs')
