/**
 * Lets this process, or this worker thread, run TypeScript and JSX without a build. Import it before the first `.ts`.
 *
 * The settings are named, not looked for: tsx would take the tsconfig of the folder it is started in, and there JSX may
 * mean React's. A worker thread inherits nothing of this: start it with `execArgv: ['--import', <the URL of this file>]`.
 */
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
