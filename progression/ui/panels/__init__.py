"""Forms beside a page: interventions, talks, plan, people, categories, cases."""
