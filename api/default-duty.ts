/** The duties that ship, after the roles of the WHO COVID-19 Essential Supplies Forecasting Tool (domain.md). Editable. */
export const defaultDuties = [
  { code: 'inpatient', name: '住院医护', nameEn: 'Inpatient health worker' },
  { code: 'screening', name: '检疫筛查', nameEn: 'Screening worker' },
  { code: 'cleaner', name: '保洁消杀', nameEn: 'Cleaner' },
  { code: 'ambulance', name: '转运', nameEn: 'Ambulance crew' },
  { code: 'laboratory', name: '检验', nameEn: 'Laboratory' },
  { code: 'caregiver', name: '隔离照护', nameEn: 'Isolation caregiver' },
  { code: 'isolated', name: '隔离人员', nameEn: 'Isolated person' },
  { code: 'office', name: '机关值守', nameEn: 'Office on epidemic duty' },
] as const
