/** What the web framework and the server cost alone: a Hono route that answers a constant. Sends its address when it listens. */

import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/', (c) => c.json({ ok: true }))
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.(`http://127.0.0.1:${port}`))
process.once('disconnect', () => process.exit())
