/** Operations for agents. */

import { z } from 'zod'
import { type Operations, Text } from './operation.ts'

const Message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
})

export const agentOperations = {
  'POST /mcp': {
    id: 'callTools',
    tag: 'Agents',
    summary: 'The Model Context Protocol, streamable HTTP without sessions',
    description:
      'For agents: `tools/list` lists the tools, which answer as the requests here do. Errors of the protocol are JSON-RPC. Reading needs no token unless the other reading requests do.',
    body: { 'application/json': z.union([Message, z.array(Message)]) },
    answers: {
      200: {
        description: 'The response, as JSON or as an event.',
        content: { 'application/json': z.unknown(), 'text/event-stream': Text },
      },
      202: { description: 'A notification was received.' },
    },
    errors: ['BAD_BODY', 'UNSUPPORTED_MEDIA_TYPE', 'RATE_LIMITED'],
    examples: [
      {
        title: 'List the tools',
        accept: 'application/json, text/event-stream',
        json: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      },
    ],
  },
} as const satisfies Operations
