#!/usr/bin/env node
/**
 * The entry point: `node …/src/docspool.mjs <command>`, from any folder. Runs main.ts from a bundle, or from the
 * sources if no bundle can be built.
 */
import { findBundle } from './bundle.js'

const { main } = await load()
await main(process.argv.slice(2))

async function load() {
  try {
    return await import(await findBundle())
  } catch {
    // The checkout is not writable, or a source is broken, which running it reports better.
    await import('./tsx.mjs')
    return import('./main.ts')
  }
}
