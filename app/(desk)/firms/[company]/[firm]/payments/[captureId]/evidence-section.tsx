import { ButtonLink } from "#components/forms/button.tsx";
import { Section } from "#components/section.tsx";

export function EvidenceSection({ here }: { here: string }) {
  return (
    <Section
      id="evidence"
      title="Evidence"
      intro={
        <p>For a dispute or an auditor: all of this page, the terms word by word, and how to check it.</p>
      }
    >
      <p className="flex flex-wrap gap-3">
        <ButtonLink kind="quiet" href={`${here}/evidence/pdf`}>
          Download as PDF
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${here}/evidence/json`}>
          Download as JSON
        </ButtonLink>
      </p>
    </Section>
  );
}
