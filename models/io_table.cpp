// The one file that names Eigen: the Leontief solve, the Hawkins-Simon test, multipliers. Compiled without Eigen's own
// vectorisation, whose bits differ between instruction sets; never called while agents run.
#include "models/technology.hpp"

#include <Eigen/Dense>

namespace fabrica {

namespace {

Eigen::MatrixXd matrix_of(const std::vector<std::vector<double>>& home, std::size_t n)
{
    Eigen::MatrixXd a(n, n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) a(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = home[i][j];
    return a;
}

} // namespace

std::vector<double> leontief_output(const std::vector<std::vector<double>>& home, const std::vector<double>& capital,
                                    const std::vector<double>& investment, const std::vector<double>& final_demand,
                                    sim::Errors& errors, const sim::Position& where)
{
    const auto n = final_demand.size();
    Eigen::MatrixXd a = matrix_of(home, n);
    Eigen::VectorXd y(n);
    for (std::size_t i = 0; i < n; ++i) {
        y(static_cast<Eigen::Index>(i)) = final_demand[i];
        for (std::size_t j = 0; j < n; ++j)
            a(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) += capital[i] * investment[j];
    }
    const double radius = a.eigenvalues().cwiseAbs().maxCoeff();
    if (!(radius < 1)) {
        errors
            .add(where,
                 "the input-output table is not productive: spectral radius {:.4f} is not below 1 (Hawkins-Simon)",
                 radius)
            .help("some product needs more than a unit of itself, directly and indirectly; look for a column that is "
                  "too large");
        return final_demand;
    }
    const Eigen::VectorXd x = (Eigen::MatrixXd::Identity(a.rows(), a.cols()) - a).partialPivLu().solve(y);
    return {x.data(), x.data() + x.size()};
}

std::vector<double> output_multipliers(const std::vector<std::vector<double>>& home, std::size_t sectors)
{
    const Eigen::MatrixXd a = matrix_of(home, sectors);
    const Eigen::MatrixXd inverse = (Eigen::MatrixXd::Identity(a.rows(), a.cols()) - a).inverse();
    std::vector<double> sums;
    for (Eigen::Index j = 0; j < a.cols(); ++j) sums.push_back(inverse.col(j).sum());
    return sums;
}

} // namespace fabrica
