/**
 * Lets this process or worker thread run TypeScript and JSX without a build. Import it before the first `.ts` file.
 *
 * The tsconfig is given explicitly, because tsx would use that of the current folder, where JSX may mean React's.
 * Worker threads do not inherit this: start them with `execArgv: ['--import', <the URL of this file>]`.
 */
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
