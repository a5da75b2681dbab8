/**
 * The interface as a type for `hc` of `hono/client`, derived from the table: `hc<Api>('http://localhost:8000')` knows the routes,
 * their parameters and the JSON that they return.
 */

import type { Hono } from 'hono'
import type { z } from 'zod'
import type { AppEnv } from '#http/deps.ts'
import type { Problem } from '#http/problem.ts'
import type { Operation } from './operation.ts'
import type { table } from './operations-table.ts'

type Table = typeof table
type PathOf<Route> = Route extends `${string} ${infer Path}` ? Path : never
type MethodOn<Path extends string, Route> = Route extends `${infer Method} ${Path}` ? `$${Lowercase<Method>}` : never

type Interface = {
  [Path in PathOf<keyof Table>]: {
    [Route in keyof Table as MethodOn<Path, Route>]: Endpoints<Table[Route], InputOf<Path, Table[Route]>>
  }
}

type InputOf<Path extends string, O> = ParamOf<Path> &
  (O extends { query: infer Q extends z.ZodType } ? { query?: z.input<Q> } : unknown) &
  (O extends { headers: readonly (infer H extends string)[] } ? { header?: { [Name in H]?: string } } : unknown) &
  (O extends { body: infer B } ? BodyOf<B> : unknown)

type NameOf<Part extends string> = Part extends `:${infer Name}{${string}`
  ? Name
  : Part extends `:${infer Name}`
    ? Name
    : never
type NamesIn<Path extends string> = Path extends `${infer Part}/${infer Rest}`
  ? NameOf<Part> | NamesIn<Rest>
  : NameOf<Path>
type ParamOf<Path extends string> = [NamesIn<Path>] extends [never] ? object : { param: Record<NamesIn<Path>, string> }

/** Forms are left out: they have the same fields as JSON. */
type BodyOf<B> = B extends { 'application/json': infer J extends z.ZodType } ? { json: z.input<J> } : unknown

type Endpoints<O extends Operation, Input> =
  | {
      [Status in keyof O['answers']]: { input: Input; status: Status } & OutputOf<O['answers'][Status]>
    }[keyof O['answers']]
  | { input: Input; status: ProblemStatus; output: Problem; outputFormat: 'json' }

type OutputOf<A> = A extends { content: { 'application/json': infer J extends z.ZodType } }
  ? { output: z.output<J>; outputFormat: 'json' }
  : A extends { content: object }
    ? { output: string; outputFormat: 'text' }
    : { output: null; outputFormat: 'body' }

type ProblemStatus = 400 | 403 | 404 | 409 | 410 | 413 | 415 | 421 | 422 | 429 | 500 | 503 | 507

/** An application with this interface. */
export type Api = Hono<AppEnv, Interface, '/'>
