import { MultiSelect, Table } from '@mantine/core'
import {
  type DocumentSigners,
  defaultSignPlaces,
  type SignedDocument,
  type SignPlace,
  signedDocuments,
  signPlaces,
  signPlacesOf,
} from '../../core/signer.ts'
import { paperWord } from '../print/paper.tsx'
import { settingText } from '../text/setting.ts'
import { useLanguage, useText } from '../text/text.ts'

/** Who signs each kind of document, in the order in which the places stand on paper. */
export function SignPlaces(props: {
  readonly chosen: DocumentSigners
  readonly disabled: boolean
  readonly onChange: (chosen: DocumentSigners) => void
}) {
  const t = useText(settingText)
  const language = useLanguage()
  const places = signPlaces.map((place) => ({ value: place, label: paperWord(language, place) }))
  const change = (document: SignedDocument, values: readonly string[]) =>
    props.onChange({
      ...props.chosen,
      [document]: values.flatMap((value): SignPlace[] => signPlaces.filter((place) => place === value)),
    })
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('signedDocument')}</Table.Th>
          <Table.Th scope="col">{t('signPlaces')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {signedDocuments.map((document) => (
          <Table.Tr key={document}>
            <Table.Th scope="row">{paperWord(language, document)}</Table.Th>
            <Table.Td>
              <MultiSelect
                size="xs"
                aria-label={`${paperWord(language, document)} ${t('signPlaces')}`}
                data={places}
                value={[...signPlacesOf(document, props.chosen)]}
                onChange={(values) => change(document, values)}
                disabled={props.disabled}
                hidePickedOptions
                searchable
                {...(signPlacesOf(document, props.chosen).length === 0 ? { placeholder: t('nobodySigns') } : {})}
                nothingFoundMessage="—"
                description={
                  props.chosen[document] === undefined
                    ? undefined
                    : t('signDefault', {
                        places: defaultSignPlaces[document].map((place) => paperWord(language, place)).join(' · '),
                      })
                }
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
