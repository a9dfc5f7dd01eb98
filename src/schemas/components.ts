import type { TSchema } from 'typebox';
import type { CheckedForm } from '../domain/compile.ts';
import {
  AgencyBatchResultSchema,
  AgencyBatchSchema,
  AgencyInputSchema,
  AgencyListSchema,
  AgencyPatchSchema,
  AgencySchema,
} from './agency.ts';
import { checkSchemas } from './check.ts';
import { extensionSchemas } from './extension.ts';
import { consolidationSchemas } from './consolidation.ts';
import { eventSchemas } from './event.ts';
import { formSchemas } from './form.ts';
import { historySchemas } from './history.ts';
import { importSchemas } from './import.ts';
import { keySchemas } from './key.ts';
import { ProblemSchema } from './problem.ts';
import { progressSchemas } from './progress.ts';
import { ReportLineResultSchema, reportListSchemas, reportSchemas } from './report.ts';
import { statisticsSchemas } from './statistics.ts';
import { stepSchemas } from './step.ts';
import { waiverSchemas } from './waiver.ts';
import { yearSchemas } from './year.ts';

/** Every named schema of the API, referred to as `$ref: 'Name#'`. */
export function components(forms: readonly CheckedForm[]): TSchema[] {
  return [
    ProblemSchema,
    ...formSchemas,
    AgencySchema,
    AgencyInputSchema,
    AgencyPatchSchema,
    AgencyListSchema,
    AgencyBatchSchema,
    AgencyBatchResultSchema,
    ...yearSchemas(forms.map(({ edition }) => edition.id)),
    ...extensionSchemas,
    ...progressSchemas,
    ...reportListSchemas,
    ...forms.flatMap(reportSchemas),
    ReportLineResultSchema,
    ...checkSchemas,
    ...waiverSchemas,
    ...consolidationSchemas(forms),
    ...statisticsSchemas,
    ...stepSchemas,
    ...importSchemas(forms),
    ...historySchemas(forms),
    ...keySchemas,
    ...eventSchemas,
  ];
}
