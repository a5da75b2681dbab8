#!/usr/bin/env node
/**
 * The program, started from any folder: `node …/src/docspool.mjs <command>`. All it does is to make main.ts run: as part of a
 * bundle, or, where none can be made, as it is.
 */
import { findBundle } from './bundle.js'

const { main } = await load()
await main(process.argv.slice(2))

async function load() {
  try {
    return await import(await findBundle())
  } catch {
    // A checkout that this user may not write in, or a source that is broken: then its own message is the better one.
    await import('./tsx.mjs')
    return import('./main.ts')
  }
}
