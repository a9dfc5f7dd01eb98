import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { SubtreeOfYear } from '../../domain/store.ts';
import { getCalendar } from '../../operations/get-calendar.ts';
import { getProgress } from '../../operations/get-progress.ts';
import { getReminders, reminderTypes } from '../../operations/get-reminders.ts';
import type { Service } from '../../operations/service.ts';
import { contentTag } from '../../operations/tags.ts';
import { agencyId } from '../../schemas/agency.ts';
import { yearNumber } from '../../schemas/year.ts';
import { sendJson, sendTagged } from '../answer.ts';
import { narrowed } from '../auth.ts';
import { languageOf } from '../language.ts';
import { preferredType } from '../negotiation.ts';
import { operation } from '../operation.ts';

const tag = 'years';
const params = Type.Object({ year: yearNumber });
const query = Type.Object(
  { under: Type.Optional(Type.String({ ...agencyId, description: 'Of this agency and everything below it' })) },
  { additionalProperties: false },
);
const asked = { tag, params, query, problems: ['agency-not-found', 'year-not-found'] as const };

const getProgressOperation = operation({
  ...asked,
  id: 'getProgress',
  summary: 'How far a year’s reports have come: who is expected, has handed in, is late, and the missing by name',
  description:
    'Expected is whoever exists at the end of the year and is not led by a system of its own. The agency asked about counts itself, besides its children.',
  answers: { 200: { $ref: 'Progress#' }, 304: null },
});

const getRemindersOperation = operation({
  ...asked,
  id: 'getReminders',
  summary: 'Whom to call: who is overdue, longest first, then who is due within two weeks',
  description:
    'As text, a line for each agency with its fields between tabs, or as JSON by `Accept`. Nobody before the year is open.',
  answers: { 200: { $ref: 'Reminders#' }, 304: null },
  otherTypes: ['text/plain'],
});

const getCalendarOperation = operation({
  ...asked,
  id: 'getCalendar',
  summary: 'The due dates of a year for a calendar (iCalendar), extensions among them',
  description:
    'For calendar programs to subscribe to: whoever sends no key is asked for a user name and a password (HTTP Basic), of which the key is the password.',
  askForPassword: true,
  answers: { 200: { type: 'string' }, 304: null },
  mediaType: 'text/calendar',
});

/** How far a year's reports have come, whom to call, and until when there is time. */
export function progressRoutes(app: FastifyInstance, service: Service): void {
  app.get('/v1/years/:year/progress', getProgressOperation, async (request, reply) => {
    return sendJson(request, reply, await getProgress(service, subtreeOf(request)));
  });

  app.get('/v1/years/:year/reminders', getRemindersOperation, async (request, reply) => {
    const type = preferredType(request, reminderTypes) as (typeof reminderTypes)[number];
    const wanted = { ...subtreeOf(request), type, language: languageOf(request) };
    return sendText(request, reply, await getReminders(service, wanted), type);
  });

  app.get('/v1/years/:year/calendar.ics', getCalendarOperation, async (request, reply) => {
    const calendar = await getCalendar(service, subtreeOf(request), languageOf(request));
    return sendText(request, reply, calendar, 'text/calendar');
  });
}

function sendText(request: FastifyRequest, reply: FastifyReply, text: string, type: string): FastifyReply {
  reply.header('content-language', languageOf(request));
  return sendTagged(request, reply, contentTag(text), text, `${type}; charset=utf-8`);
}

function subtreeOf(request: FastifyRequest): SubtreeOfYear {
  const { year } = request.params as Static<typeof params>;
  const under = narrowed(request, request.query as Static<typeof query>);
  return { year, ...(under !== undefined && { under }) };
}
