#!/usr/bin/env node
/** The program, started from any folder: `node …/src/docspool.mjs <command>`. All it does is to make main.ts run. */
import './tsx.mjs'

const { main } = await import('./main.ts')
await main(process.argv.slice(2))
