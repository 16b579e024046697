#include "models/technology/terms.hpp"

namespace fabrica {

AdoptionTerms adoption_terms(const World&) { return {}; }

double consumer_price(const World&, int) { return 1; }

TechnologyTerms technology_terms(const World&, const Firm&) { return {}; }

} // namespace fabrica
