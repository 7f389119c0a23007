import type { SignedDocument, SignPlace } from '../../core/signer.ts'
import { type PrintLanguage, Seal, Sign } from './paper.tsx'
import { placesOn } from './signers.ts'

/** Who signs: the kind of document, and the names that the program already knows. */
export type Signed = {
  readonly as: SignedDocument
  readonly names?: Readonly<Partial<Record<SignPlace, string>>>
}

/** The block of signatures of a document, in a row of its table so that it stays with the last line. */
export function SignRow(props: {
  readonly language: PrintLanguage
  readonly signed: Signed
  readonly columns: number
}) {
  const { language, signed, columns } = props
  const places = placesOn(signed.as)
  if (places.length === 0) return null
  const lines = places.filter((place) => place !== 'seal')
  const sealed = lines.length < places.length
  return (
    <tr>
      <td colSpan={columns} className="close">
        <div className={sealed ? 'signatures' : 'signatures open'}>
          <div className="sign">
            {lines.map((of) => {
              const name = signed.names?.[of]
              return <Sign key={of} language={language} of={of} {...(name === undefined ? {} : { name })} />
            })}
          </div>
          {sealed && <Seal language={language} />}
        </div>
      </td>
    </tr>
  )
}
