/** What stands in the columns under each item of a report. */
export const reportMeasures = ['requested', 'allocated', 'cover'] as const
export type ReportMeasure = (typeof reportMeasures)[number]
