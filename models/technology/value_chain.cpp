#include "models/technology/value_chain.hpp"

#include "models/world.hpp"

namespace fabrica {

std::vector<double> import_content(const std::vector<std::vector<double>>& home, const std::vector<double>& imported)
{
    // The series m + A'm + A'A'm + ... by its partial sums; each sweep leaves less than the largest column sum of what was left.
    std::vector<double> content = imported, next(imported.size());
    for (int sweep = 0; sweep < 200; ++sweep) {
        for (std::size_t j = 0; j < next.size(); ++j) {
            next[j] = imported[j];
            for (std::size_t i = 0; i < next.size(); ++i) next[j] += home[i][j] * content[i];
        }
        if (next == content) break;
        content.swap(next);
    }
    return content;
}

std::vector<double> import_content(const World& w)
{
    const std::size_t n = w.sector.size();
    std::vector<std::vector<double>> home(n, std::vector<double>(n));
    std::vector<double> imported(n);
    for (std::size_t j = 0; j < n; ++j) {
        const double price = w.sector[j].price;
        for (std::size_t i = 0; i < w.bundle[j].home.size(); ++i) {
            home[i][j] += w.bundle[j].home[i] * w.sector[i].price / price;
            imported[j] += w.bundle[j].imported[i] * w.sector[i].import_price / price;
        }
        for (std::size_t k = 0; k < w.technology[j].slots.size(); ++k) {
            const std::size_t i = w.sector[j].product[k];
            home[i][j] += w.sector[j].alpha[k] * w.sector[i].price / price;
        }
    }
    return import_content(home, imported);
}

} // namespace fabrica
