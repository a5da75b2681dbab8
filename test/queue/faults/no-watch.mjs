/** Loaded first: a system whose watches say nothing, as on shared folders of virtual machines, or when it has run out of them. */
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

fs.watch = () => Object.assign(new EventEmitter(), { close() {}, ref() {}, unref() {} })
syncBuiltinESMExports()
