// E19: a new good takes the place of an old one as it becomes cheaper, better and easier to use.
#pragma once

namespace fabrica {

struct World;

/// What speaks for the new good, as logarithms over the first day.
struct AdoptionPull {
    double price;    // of the new good over that of the old, as buyers pay it
    double range;    // experience of the part that decides how good it is
    double charging; // experience of the new good: what has grown up around it
};
struct AdoptionWeights {
    double price, range, charging;
};

/// Share of the new good that buyers would choose: logit(s) = logit(s0) - b price + c range + d charging.
/// @param first  s0, share on the first day, in (0, 1)
[[nodiscard]] double chosen_share(double first, const AdoptionPull& pull, const AdoptionWeights& weights);

/// Share a month later: s' = s + speed / 12 (s* - s), at most s*.
/// @param speed  per year [1]
[[nodiscard]] double adopted_share(double share, double chosen, double speed);

/// Whether a sector makes the new good, or the one whose place it takes.
[[nodiscard]] bool is_adopted(const World& world, int sector);

} // namespace fabrica
