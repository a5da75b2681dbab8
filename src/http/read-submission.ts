/**
 * Reads the body of `POST /` and `POST /api/jobs` once for all routes. The submission is counted before the body is read, even
 * if it is refused later.
 */

import type { Hono } from 'hono'
import { isForm, isJson, mediaTypeOf } from './content-negotiation.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'
import { refuseSubmission } from './redisplay-form.ts'
import { readForm, readJson } from './request-body.ts'

/** The parsed body, for the routes. */
export type SubmissionBody = { type: 'json' | 'form'; value: unknown }

export function addSubmissionBody(app: Hono<AppEnv>, deps: AppDeps): void {
  app.on('POST', ['/', '/api/jobs'], async (c, next) => {
    const mediaType = mediaTypeOf(c)
    if (!isJson(mediaType) && !isForm(mediaType)) {
      throw new Refusal(
        'UNSUPPORTED_MEDIA_TYPE',
        'Expected a form or JSON.',
        'curl -d repo_url=https://github.com/pallets/flask sends a form; JSON needs Content-Type: application/json.',
      )
    }
    try {
      c.var.limits.submission(c)
      const body: SubmissionBody = isJson(mediaType)
        ? { type: 'json', value: await readJson(c) }
        : { type: 'form', value: await readForm(c) }
      c.set('body', body)
    } catch (error) {
      return refuseSubmission(c, deps, error, {})
    }
    return await next()
  })
}
